package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.email.Email;
import io.guildhall.embedded.StartupException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings withPublicUrl(String publicUrl) {
        return Settings.from(Settings.load(ConfigFactory.parseMap(Map.of("guildhall.http.public-url", publicUrl))));
    }

    private static Settings withFee(int basisPoints) {
        return Settings.from(
                Settings.load(ConfigFactory.parseMap(Map.of("guildhall.payments.fee-basis-points", basisPoints))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 5_000})
    void acceptsFeeUpToHalf(int basisPoints) {
        assertThat(withFee(basisPoints).payments().feeBasisPoints()).isEqualTo(basisPoints);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5_001, 10_000, Integer.MAX_VALUE})
    void refusesOtherFees(int basisPoints) {
        assertThatThrownBy(() -> withFee(basisPoints))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "fee-basis-points (GUILDHALL_FEE_BASIS_POINTS) must be from 0 to 5000, not " + basisPoints);
    }

    /** Live connections are connections of the HTTP server too. */
    @ParameterizedTest
    @CsvSource({
        "live.max-connections, 1501, http.connections.max (GUILDHALL_MAX_CONNECTIONS) allows only 1500",
        "live.max-per-address, 513, max-per-address (GUILDHALL_MAX_CONNECTIONS_PER_ADDRESS) allows only 512"
    })
    void refusesMoreLiveConnectionsThanConnections(String key, int number, String message) {
        assertThatThrownBy(() -> settings(Map.of("guildhall." + key, number)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("guildhall." + key)
                .hasMessageContaining(message);
        assertThat(settings(Map.of("guildhall." + key, number - 1))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void refusesRegistrationsThatUseUpTheMailsOfAnAddress(int number) {
        assertThatThrownBy(() -> settings(Map.of("guildhall.http.registrations-per-email-per-day", number)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "must be from 1 to 9, because guildhall.mail.max-per-address-per-hour (GUILDHALL_MAX_MAILS_PER_HOUR)"
                                + " is 20, not " + number + ".");
    }

    /** A stranger with one network could prevent the owner from registering. */
    @Test
    void refusesAsManyRegistrationsAsAnAddressHas() {
        var key = "guildhall.http.registrations-per-email-per-day";
        var manyMails = Map.<String, Object>of("guildhall.mail.max-per-address-per-hour", 200, key, Email.MAX_PENDING);
        assertThatThrownBy(() -> settings(manyMails))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("must be from 1 to 11")
                .hasMessageEndingWith("An address has at most 12 registrations at a time.");
    }

    @ParameterizedTest
    @CsvSource({"20, 8", "18, 8", "12, 5", "2, 1"})
    void registrationsAreByDefaultAsManyAsTheMailsOfAnAddressAllow(int mailsPerHour, int registrations) {
        var settings = settings(Map.of("guildhall.mail.max-per-address-per-hour", mailsPerHour));
        assertThat(settings.limits().registrationsPerDay()).isEqualTo(registrations);
    }

    @Test
    void refusesMoreConnectionsThanFitIntoAQuarterOfTheHeap() {
        long heap = 320L * 1024 * 1024;
        assertThat(HttpSettings.requireMemory(1_500, heap)).isEqualTo(1_500);
        assertThatThrownBy(() -> HttpSettings.requireMemory(10_000, heap))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("must be at most 2275 with a heap of 320 MB, not 10000");
    }

    @Test
    void readsDaysUntilRoomsAreReadOnly() {
        assertThat(settings(Map.of()).roomReadOnlyAfter()).isEqualTo(Duration.ofDays(30));
        assertThat(settings(Map.of("guildhall.contracts.room-read-only-days", 1))
                        .roomReadOnlyAfter())
                .isEqualTo(Duration.ofDays(1));
        for (int days : new int[] {0, 3_651})
            assertThatThrownBy(() -> settings(Map.of("guildhall.contracts.room-read-only-days", days)))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("GUILDHALL_ROOM_READ_ONLY_DAYS")
                    .hasMessageEndingWith("must be from 1 to 3650, not " + days + ".");
    }

    @Test
    void readsEscrowRules() {
        assertThat(settings(Map.of()).escrowRules()).isEqualTo(EscrowRules.STANDARD);
        var own = settings(
                Map.of("guildhall.contracts.acceptance-days", 5, "guildhall.contracts.acceptance-warning-days", "3,2"));
        assertThat(own.escrowRules()).isEqualTo(new EscrowRules(5, List.of(3, 2), 7, List.of(3, 1), Optional.of(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "acceptance-days, 0, 'acceptance-days (GUILDHALL_ACCEPTANCE_DAYS) must be from 1 to 365, not 0'",
        "refund-days, 366, 'refund-days (GUILDHALL_REFUND_DAYS) must be from 1 to 365, not 366'",
        "max-refund-requests, 0, 'max-refund-requests (GUILDHALL_MAX_REFUND_REQUESTS) must be from 1 to 100, not 0'",
        "refund-days, 3, 'refund-warning-days (GUILDHALL_REFUND_WARNING_DAYS) must be in descending order, at least 1 and less than refund-days (3)'"
    })
    void refusesOtherEscrowRules(String key, int days, String message) {
        assertThatThrownBy(() -> settings(Map.of("guildhall.contracts." + key, days)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("guildhall.contracts")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "acceptance-warning-days, GUILDHALL_ACCEPTANCE_WARNING_DAYS",
        "refund-warning-days, GUILDHALL_REFUND_WARNING_DAYS"
    })
    void refusesWarningDaysThatAreNoNumbers(String key, String variable) {
        assertThatThrownBy(() -> settings(Map.of("guildhall.contracts." + key, "3,x")))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("guildhall.contracts." + key + " (" + variable + ") must be whole numbers")
                .hasMessageEndingWith("not '3,x'.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:8080",
        "https://guildhall.example.com, https://guildhall.example.com",
        "https://guildhall.example.com/, https://guildhall.example.com",
        "HTTPS://guildhall.example.com, HTTPS://guildhall.example.com",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void acceptsPublicUrlOfSchemeHostAndPort(String text, String expected) {
        assertThat(withPublicUrl(text).http().publicUrl()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/guildhall",
                "https://example.com//",
                "https://example.com?a=b",
                "https://example.com/?",
                "https://example.com#top",
                "https://ada:secret@example.com",
                "https://@example.com",
                "ftp://example.com",
                "javascript:alert(1)",
                "//example.com",
                "example.com",
                "example.com:8080",
                "/guildhall",
                "https://",
                "https:example.com",
                "https://example.com:0",
                "https://example.com:65536",
                "https://exam ple.com"
            })
    void refusesOtherPublicUrlsWithRemedy(String text) {
        assertThatThrownBy(() -> withPublicUrl(text))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_PUBLIC_URL")
                .hasMessageContaining("such as https://guildhall.example.com")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/guildhall, jdbc:postgresql://db/guildhall",
        "postgres://db/guildhall, jdbc:postgresql://db/guildhall",
        "postgresql://ada:secret@db:5433/guildhall, jdbc:postgresql://db:5433/guildhall?user=ada&password=secret",
        "postgres://ada@db/guildhall?sslmode=require, jdbc:postgresql://db/guildhall?sslmode=require&user=ada"
    })
    void acceptsDatabaseUrlsOfHostingProviders(String text, String expected) {
        assertThat(SettingUrls.jdbc(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://ada:secret@db/guildhall", "ada:secret@db", "db/secret", "postgres:secret"})
    void refusesOtherDatabaseUrlsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> SettingUrls.jdbc(text))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("DATABASE_URL")
                .hasMessageNotContaining("secret");
    }

    private static Settings settings(Map<String, Object> overrides) {
        return Settings.from(Settings.load(ConfigFactory.parseMap(overrides)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void addressOfOtherMachinesRequiresItsOwnSecret(String host) {
        assertThatThrownBy(() -> settings(Map.of("guildhall.http.host", host)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("GUILDHALL_SECRET");
        var own = settings(Map.of("guildhall.http.host", host, "guildhall.secret", "a secret of the operator"));
        assertThat(own.isPublicDevelopment()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void loopbackAddressesNeedNoSecret(String host) {
        assertThat(settings(Map.of("guildhall.http.host", host)).isPublicDevelopment())
                .isFalse();
    }

    @Test
    void managementAddressIsReachedFromThisMachine() {
        assertThat(settings(Map.of("guildhall.management.host", "0.0.0.0"))
                        .management()
                        .localUrl(2))
                .hasToString("http://127.0.0.1:8560");
        assertThat(settings(Map.of("guildhall.management.host", "::1"))
                        .management()
                        .localUrl(0))
                .hasToString("http://[::1]:8558");
    }

    @Test
    void productionRequiresItsOwnSecret() {
        var config = Settings.load(ConfigFactory.parseMap(Map.of("guildhall.mode", "production")));
        assertThatThrownBy(() -> Settings.from(config))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "secret", "c2VjcmV0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,secret"})
    void refusesOtherMasterKeysWithoutRepeatingThem(String keys) {
        assertThatThrownBy(() -> settings(Map.of("guildhall.master-keys", keys)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("GUILDHALL_MASTER_KEYS")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("c2Vj");
    }

    @Test
    void productionRequiresItsOwnMasterKey() {
        assertThat(settings(Map.of()).hasDevelopmentMasterKey()).isTrue();
        var own = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertThat(settings(Map.of("guildhall.master-keys", own)).hasDevelopmentMasterKey())
                .isFalse();
        assertThatThrownBy(() -> settings(Map.of(
                        "guildhall.mode", "production", "guildhall.secret", "a secret of the operator, long enough")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Production requires its own master key");
    }
}
