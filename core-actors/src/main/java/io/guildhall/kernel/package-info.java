/**
 * Basic types of all other packages, without a framework: the description of an aggregate, money, ids, e-mail addresses,
 * journal names, limits for blocking calls, and valid texts. Money is exact and never mixes currencies.
 */
package io.guildhall.kernel;
