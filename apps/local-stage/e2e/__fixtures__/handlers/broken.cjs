throw new TypeError('broken at load');
