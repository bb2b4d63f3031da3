require('a-package-that-nobody-installed');
