/**
 * The aggregates in the cluster: one entity class that hosts every aggregate, and {@link io.guildhall.actors.Entities}
 * to send commands to them. The reply to a command is sent after its events are in the journal. A caller learns that
 * the command was done, why it was rejected, that the aggregate failed, or that the outcome is unknown.
 */
package io.guildhall.actors;
