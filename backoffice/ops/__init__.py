"""For who runs the back office: log, health, figures. No personal data in any of them."""
