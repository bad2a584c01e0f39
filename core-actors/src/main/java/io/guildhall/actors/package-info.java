/**
 * The domain in the cluster: one shell that hosts every aggregate, and {@link io.guildhall.actors.Entities}, the one door to them. A command
 * is answered after its events are in the journal, never before; a caller learns that it was done, why it was refused, that nothing could be
 * decided, or that the outcome is not known.
 */
package io.guildhall.actors;
