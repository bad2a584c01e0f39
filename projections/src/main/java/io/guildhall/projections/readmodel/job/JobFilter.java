package io.guildhall.projections.readmodel.job;

import java.util.Optional;

/** A filter of open jobs. Upper and lower case are equal. */
public record JobFilter(Optional<String> category, Optional<String> skill) {
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty());
}
