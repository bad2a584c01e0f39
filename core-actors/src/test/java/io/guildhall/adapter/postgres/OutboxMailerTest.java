package io.guildhall.adapter.postgres;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.Mailer;
import io.guildhall.port.MailerContract;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutboxMailerTest extends MailerContract {
    private static final Path MIGRATIONS = Path.of("../projections/src/main/resources/db/migration");
    private static OutboxMailer mailer;

    @BeforeAll
    static void outbox() throws Exception {
        var database = TestDatabase.fresh();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (var file : List.of("V04__mail_outbox.sql", "V38__mail_queue.sql"))
                statement.execute(Files.readString(MIGRATIONS.resolve(file)));
        }
        mailer = new OutboxMailer(database, 8, InstantSource.system());
    }

    @Override
    protected Mailer mailer() {
        return mailer;
    }

    @Override
    protected List<Arrived> arrived(String address) {
        return result(mailer.sentTo(Optional.of(address), 20)).stream()
                .map(it -> Arrived.of(it.mail()))
                .toList();
    }

    @Test
    void listsAllAddressesAndFindsOne() {
        var mail = new Mailer.Mail("m-1", "verification", "bob@example.org", "Hello", "Text", "", Optional.empty());
        result(mailer.send(mail));
        assertThat(result(mailer.sentTo(Optional.empty(), 1)))
                .singleElement()
                .satisfies(it -> assertThat(it.mail()).isEqualTo(mail));
        assertThat(result(mailer.find("m-1")).map(Mailer.Outbox.Sent::mail)).contains(mail);
        assertThat(result(mailer.find("m-2"))).isEmpty();
    }
}
