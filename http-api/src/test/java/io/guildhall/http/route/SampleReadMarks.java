package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.projections.readmodel.room.Counters;
import io.guildhall.projections.readmodel.room.ReadMarkQueries;
import io.guildhall.projections.readmodel.room.ReadMarkRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Counters and readers as a test sets them. All readers have read every room. */
final class SampleReadMarks implements ReadMarkQueries {
    final Map<String, Counters> counters = new ConcurrentHashMap<>();
    final Set<String> readers = ConcurrentHashMap.newKeySet();

    @Override
    public CompletionStage<List<ReadMarkRow>> ofRoom(String roomId) {
        return completedFuture(readers.stream()
                .sorted()
                .map(it -> new ReadMarkRow(it, 3, SampleReadModel.AT))
                .toList());
    }

    @Override
    public CompletionStage<Map<String, Counters>> counters(Set<String> accountIds) {
        return completedFuture(accountIds.stream()
                .collect(Collectors.toMap(it -> it, it -> counters.getOrDefault(it, Counters.NOTHING))));
    }
}
