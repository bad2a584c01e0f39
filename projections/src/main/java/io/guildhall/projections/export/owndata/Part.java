package io.guildhall.projections.export.owndata;

import java.util.List;

/**
 * A folder of the archive: JSON files, and a {@code README.json} that explains them.
 *
 * @param aggregates the names of the aggregates whose data it has, in addition to those of its datasets
 */
record Part(String name, String explanation, List<String> aggregates, List<Dataset> datasets) {
    Part {
        aggregates = List.copyOf(aggregates);
        datasets = List.copyOf(datasets);
    }
}
