package io.guildhall.projections.readmodel.job;

import java.util.Optional;

/** What the open jobs are narrowed to; capitals do not matter. */
public record JobFilter(Optional<String> category, Optional<String> skill) {
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty());
}
