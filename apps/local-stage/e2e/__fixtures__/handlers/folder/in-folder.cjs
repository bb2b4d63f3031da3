/* global exports */
exports.handler = async () => 'from a folder';
