package io.guildhall.projections;

import io.guildhall.projections.readmodel.live.AccountList;

/**
 * A change of a list of an account, which the channel {@code me} announces.
 *
 * @param item the item of the list that the event has changed, such as a notification; empty if it is the entity itself
 * @param kind the name of the aggregate
 * @param recorded the event that caused it
 */
public record ListChange(String accountId, AccountList list, String item, String kind, Recorded<?> recorded) {}
