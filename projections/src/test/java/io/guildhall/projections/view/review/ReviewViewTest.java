package io.guildhall.projections.view.review;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.review.Side;
import io.guildhall.projections.readmodel.review.ReviewRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewViewTest {
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
    }

    @BeforeEach
    void empty() {
        fixture.empty();
    }

    private void apply(EventStory story) {
        fixture.apply(story.events());
    }

    @Test
    void showsASealedReviewToItsAuthorOnly() {
        var story = hireAndPay("A job", "Great");
        apply(story);
        assertThat(texts(CLIENT)).containsExactly(Optional.of("Great"), Optional.empty());
        assertThat(texts(ANN)).containsExactly(Optional.empty(), Optional.empty());
        assertThat(texts("")).containsExactly(Optional.empty(), Optional.empty());
        assertThat(result(fixture.readModel.reviews().about(ANN, firstPage(10))).items())
                .isEmpty();

        revealReviews(story);
        apply(story);
        assertThat(texts(ANN)).containsExactly(Optional.of("Great"), Optional.of("Pays"));
        assertThat(result(fixture.readModel.reviews().about(ANN, firstPage(10))).items())
                .extracting(ReviewRow::side)
                .containsExactly(Side.CLIENT);
        assertThat(result(fixture.readModel.reviews().about(ANN, firstPage(10)))
                        .items()
                        .getFirst()
                        .content())
                .get()
                .extracting(ReviewRow.Content::ratings)
                .isEqualTo(RATINGS);
    }

    private List<Optional<String>> texts(String readerId) {
        return result(fixture.readModel.reviews().ofContract(CONTRACT, readerId)).stream()
                .map(it -> it.content().map(ReviewRow.Content::text))
                .toList();
    }
}
