"""The record of a campaign as pages."""
