/**
 * How what happened is written down: as JSON that an operator can read with SQL, under chosen names that outlive the classes. What was once
 * written is read for ever; a property from a newer release is passed over. {@link io.guildhall.journal.Names} lists all aggregates there are.
 */
package io.guildhall.journal;
