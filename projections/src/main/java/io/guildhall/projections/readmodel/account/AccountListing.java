package io.guildhall.projections.readmodel.account;

import java.util.Optional;

/** @param handle empty until the profile is created, soon after the e-mail address is verified */
public record AccountListing(AccountRow account, Optional<String> handle) {}
