"""The watch: rules run over what is kept, and what they find."""
