/**
 * What everything else is said in: how an aggregate is described, money, identities, names in the journal, bounds for calls that block, what counts as a text.
 * Plain Java without a framework. Money never loses a cent and never mixes currencies; an identity is safe in URLs and sorts by time.
 */
package io.guildhall.kernel;
