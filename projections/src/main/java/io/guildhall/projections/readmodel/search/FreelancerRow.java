package io.guildhall.projections.readmodel.search;

import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** A freelancer in a list, as any caller can see them. */
public record FreelancerRow(
        String id, String country, String headline, List<String> skills, Optional<Money> hourlyRate) {}
