/**
 * The format of the journal: JSON that an operator can read with SQL, except for personal data, which is encrypted. Chosen
 * names do not depend on class names. Every event that was ever written can be read; properties from a newer release are
 * ignored. {@link io.guildhall.journal.Names} lists all aggregates.
 */
package io.guildhall.journal;
