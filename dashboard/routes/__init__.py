"""Plain HTTP beside the screens: sign-in, health, calendar feed and downloads, each authorising for itself."""
