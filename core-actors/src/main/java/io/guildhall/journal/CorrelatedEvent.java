package io.guildhall.journal;

import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Journalled;
import java.util.List;

/**
 * An event on its way to the journal, with the request that caused it and the owners of its entity. Our journal plugin
 * stores the correlation id as metadata of the event, and encrypts the personal data; other plugins store the event only.
 *
 * @param owners the accounts that the personal data of the event belongs to, unless a component names others
 */
public record CorrelatedEvent<E>(E event, Correlation correlation, List<String> owners) implements Journalled {
    public CorrelatedEvent {
        owners = List.copyOf(owners);
    }
}
