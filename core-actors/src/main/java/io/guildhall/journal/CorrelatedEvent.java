package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Journalled;

/**
 * An event on its way to the journal, with the request that caused it. Our journal plugin stores the correlation id as
 * metadata of the event; other plugins store the event only.
 */
public record CorrelatedEvent<E>(E event, Correlation correlation) implements Journalled {}
