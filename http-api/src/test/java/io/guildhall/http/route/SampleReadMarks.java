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

/** Counters as a test sets them, and one read mark in every room. */
final class SampleReadMarks implements ReadMarkQueries {
    final Map<String, Counters> counters = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<List<ReadMarkRow>> ofRoom(String roomId) {
        return completedFuture(List.of(new ReadMarkRow("acc_reader", 3, SampleReadModel.AT)));
    }

    @Override
    public CompletionStage<Map<String, Counters>> counters(Set<String> accountIds) {
        return completedFuture(accountIds.stream()
                .collect(Collectors.toMap(it -> it, it -> counters.getOrDefault(it, Counters.NOTHING))));
    }
}
