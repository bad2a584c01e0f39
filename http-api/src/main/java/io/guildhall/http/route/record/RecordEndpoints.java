package io.guildhall.http.route.record;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.actors.Entities;
import io.guildhall.domain.profile.Profile;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.PublicPages;
import io.guildhall.projections.readmodel.record.Records;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Read business records. */
public final class RecordEndpoints {
    private final AggregateReader<Profile> profiles;
    private final Records records;
    private final PublicPages pages;

    public RecordEndpoints(Entities entities, Records records, PublicPages pages) {
        this.pages = pages;
        this.profiles = new AggregateReader<>(entities, Profile.AGGREGATE);
        this.records = records;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get("/api/freelancers/{freelancerId}/record", "Get a freelancer's business record.")
                .returns(200, RecordResource.class)
                .problems(404, "not-found")
                .handledBy(this::read));
    }

    private CompletionStage<RecordResource> read(Call<Void> call) {
        var id = call.pathId("freelancerId", "acc");
        return profiles.read(id, it -> exists(it) && pages.isVisible(id, call.optionalCaller()))
                .thenCompose(_ -> records.of(List.of(id)))
                .thenApply(rows -> RecordResource.of(rows.getFirst()));
    }

    private static boolean exists(Profile profile) {
        return switch (profile) {
            case Profile.NotCreated _ -> false;
            case Profile.Created _ -> true;
        };
    }
}
