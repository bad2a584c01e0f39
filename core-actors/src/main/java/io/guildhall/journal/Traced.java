package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Journalled;

/**
 * An event on its way to the journal, with the request that it was recorded for. The program's journal keeps that as the event's metadata; any
 * other keeps the event alone.
 */
public record Traced<E>(E event, Correlation correlation) implements Journalled {}
