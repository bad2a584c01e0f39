package io.guildhall.projections.notify.mail;

import io.guildhall.kernel.Money;
import java.util.Optional;

/**
 * The contract that an e-mail is about, as its recipient sees it.
 *
 * @param isOfClient whether the recipient is the client, and not the freelancer
 * @param otherParty the name of the other party; empty if it is not known
 * @param price of the milestone that the e-mail is about; of the contract, if it is about no milestone
 */
public record ContractSummary(String title, boolean isOfClient, Optional<String> otherParty, Money price) {}
