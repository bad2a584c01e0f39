package io.guildhall.projections.view.room;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageViewTest {
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
    void listsMessagesNewestFirst() {
        apply(hireAndPay("A job", "Hi"));
        assertThat(result(fixture.readModel.messages().ofRoom(ROOM, firstPage(10)))
                        .items())
                .extracting(MessageRow::text)
                .containsExactly("Hello", "Hi");
    }
}
