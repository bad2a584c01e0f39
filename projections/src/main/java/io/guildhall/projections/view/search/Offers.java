package io.guildhall.projections.view.search;

import static io.guildhall.projections.view.search.SearchTables.DOCUMENT;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.VersionedTable.Versioned;
import io.guildhall.projections.view.search.SearchTables.NewDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies the events of jobs or gigs to their documents. Documents that do not exist yet are computed in memory from
 * all their events that were read together, and written once, as one batch: most jobs are published when they are
 * posted.
 */
final class Offers<E> implements View.Applier<E> {
    private final Documents index;
    private final Function<E, OfferChange> changes;

    Offers(Documents index, Function<E, OfferChange> changes) {
        this.index = index;
        this.changes = changes;
    }

    @Override
    public void apply(Connection connection, Recorded<E> recorded) throws SQLException {
        applyAll(connection, List.of(recorded));
    }

    @Override
    public void applyAll(Connection connection, List<Recorded<E>> events) throws SQLException {
        var posted = events.stream()
                .filter(it -> changes.apply(it.event()) instanceof OfferChange.Posted)
                .map(Recorded::entityId)
                .collect(Collectors.toSet());
        var existing = posted.isEmpty() ? posted : DOCUMENT.existing(connection, posted);
        var documents = new LinkedHashMap<String, Versioned<NewDocument>>();
        var others = new ArrayList<Recorded<E>>();
        for (var it : events) {
            if (!posted.contains(it.entityId()) || existing.contains(it.entityId())) others.add(it);
            else documents.compute(it.entityId(), (_, before) -> next(before, it));
        }
        index.insertAll(connection, List.copyOf(documents.values()));
        for (var it : others) change(connection, it);
    }

    /** Null before the document is posted. */
    private @Nullable Versioned<NewDocument> next(@Nullable Versioned<NewDocument> before, Recorded<E> recorded) {
        long version = recorded.sequence();
        if (before != null && before.version() >= version) return before;
        return switch (changes.apply(recorded.event())) {
            case OfferChange.Posted e ->
                new Versioned<>(new NewDocument(recorded.entityId(), e.ownerId(), e.content(), false, e.at()), version);
            case OfferChange.Edited e ->
                before == null ? null : new Versioned<>(before.row().with(e.content()), version);
            case OfferChange.Offered e ->
                before == null ? null : new Versioned<>(before.row().offered(e.isOffered(), e.at()), version);
            case OfferChange.None _ -> before;
        };
    }

    private void change(Connection connection, Recorded<E> recorded) throws SQLException {
        switch (changes.apply(recorded.event())) {
            case OfferChange.Posted _, OfferChange.None _ -> {}
            case OfferChange.Edited e -> index.update(connection, recorded, e.content(), e.at());
            case OfferChange.Offered e -> index.setOffered(connection, recorded, e.isOffered(), e.at());
        }
    }
}
