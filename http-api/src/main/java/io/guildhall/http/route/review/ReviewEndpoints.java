package io.guildhall.http.route.review;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.ReviewCommand.Write;
import io.guildhall.domain.review.ReviewRejection;
import io.guildhall.domain.review.Side;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.review.Reviews;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Write and list reviews. Reviews of a contract are sealed until both are written or the review period ends. */
public final class ReviewEndpoints {
    private final AggregateReader<Contract> contracts;
    private final AggregateApi<Review, ReviewCommand, ReviewRejection> reviews;
    private final Reviews lists;

    public ReviewEndpoints(Entities entities, Reviews lists) {
        this.contracts = new AggregateReader<>(entities, Contract.AGGREGATE);
        this.reviews = new AggregateApi<>(entities, Review.AGGREGATE, ReviewEndpoints::problem);
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/contracts/{contractId}/reviews",
                                "Review the other party of a completed contract. Sending the same review again changes nothing.")
                        .requiresLogin()
                        .accepts(ReviewFields.class)
                        .returns(201, ReviewResource.class)
                        .with(Endpoint.Feature.IDEMPOTENCY_KEY)
                        .problems(409, "review-not-open", "review-exists", "review-too-late", "review-state")
                        .problems(422, "ratings-out-of-range")
                        .handledBy(this::write),
                get("/api/contracts/{contractId}/reviews", "List the reviews of a contract that you can read.")
                        .requiresLogin()
                        .returnsPageOf(ReviewResource.class)
                        .handledBy(this::ofContract),
                get("/api/accounts/{accountId}/reviews", "List the revealed reviews about an account, newest first.")
                        .returnsPageOf(ReviewResource.class)
                        .handledBy(call -> lists.about(call.pathId("accountId", "acc"), call.page())
                                .thenApply(page -> page.map(ReviewResource::fromRow))));
    }

    /** A review. Ratings range from 1 to 5; 5 is best. */
    public record ReviewFields(
            @Min(1) @Max(5) int overall,
            @Min(1) @Max(5) int quality,
            @Min(1) @Max(5) int communication,
            @Min(1) @Max(5) int timeliness,
            @Min(1) @Max(5) int professionalism,
            @NotBlank @Paragraphs(max = 5_000) String text) {
        Ratings ratings() {
            return new Ratings(overall, quality, communication, timeliness, professionalism);
        }
    }

    private CompletionStage<ReviewResource> write(Call<ReviewFields> call) {
        var contractId = call.pathId("contractId", "ctr");
        var authorId = call.caller().id();
        return visible(call).thenCompose(contract -> {
            var deal =
                    contract.findDetails().orElseThrow(AggregateApi::notFound).deal();
            var id = Review.id(contractId, deal.clientId().equals(authorId) ? Side.CLIENT : Side.FREELANCER);
            return reviews.execute(
                            call,
                            id,
                            new Write(
                                    authorId, call.body().ratings(), call.body().text()))
                    .thenApply(it -> ReviewResource.fromReview(id, it));
        });
    }

    /** A contract has at most two reviews, so there is one page. */
    private CompletionStage<Page<ReviewResource>> ofContract(Call<Void> call) {
        return visible(call)
                .thenCompose(_ -> lists.ofContract(
                        call.pathParameter("contractId"), call.caller().id()))
                .thenApply(rows ->
                        new Page<>(rows.stream().map(ReviewResource::fromRow).toList(), Optional.empty()));
    }

    private CompletionStage<Contract> visible(Call<?> call) {
        return contracts.read(
                call.pathId("contractId", "ctr"),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private static Problem problem(ReviewRejection rejection) {
        return switch (rejection) {
            case NOT_YOURS -> AggregateApi.notFound();
            case NOT_OPENED ->
                new Problem(
                        409,
                        "review-not-open",
                        "The contract can be reviewed when it is completed and paid. Try again then.");
            case ALREADY_WRITTEN ->
                new Problem(
                        409, "review-exists", "You have already reviewed this contract. A review cannot be changed.");
            case TOO_LATE -> new Problem(409, "review-too-late", "The review period has ended.");
            case RATINGS_OUT_OF_RANGE -> new Problem(422, "ratings-out-of-range", "Ratings must be from 1 to 5.");
            case EXISTS_WITH_OTHER_TERMS, NOT_WRITTEN, TOO_EARLY ->
                new Problem(409, "review-state", "The review is in another state. Read the reviews again.");
        };
    }
}
