"""What a Nokia SR OS router in the MD-CLI prints."""
