"""The pages of asking, in the order a requester meets them."""
