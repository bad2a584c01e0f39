package io.guildhall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {
    private static ServiceSettings settings(Map<String, String> values) {
        var overrides = new HashMap<String, String>();
        values.forEach((key, value) -> overrides.put("guildhall." + key, value));
        return ServiceSettings.from(
                Settings.loadDefaults(ConfigFactory.parseMap(overrides)).getConfig("guildhall"));
    }

    private static Map<String, String> kafka(String key, String value) {
        return Map.of("kafka.bootstrap-servers", "kafka:9092", "kafka." + key, value);
    }

    @Test
    void usesNoServiceByDefault() {
        assertThat(settings(Map.of())).isEqualTo(new ServiceSettings(Optional.empty(), Optional.empty()));
    }

    @Test
    void readsKafka() {
        var relay = settings(Map.of("kafka.bootstrap-servers", "kafka-1:9092, [::1]:9093"))
                .kafka()
                .orElseThrow();
        assertThat(relay.kafka().bootstrapServers()).isEqualTo("kafka-1:9092,[::1]:9093");
        assertThat(relay.kafka().security()).isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
        assertThat(relay.start()).isEqualTo(Start.now());
        assertThat(settings(kafka("start", "beginning")).kafka().orElseThrow().start())
                .isEqualTo(Start.beginning());
    }

    /** The Kafka client accepts the properties, also a password with quotes. */
    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void readsSasl(String mechanism) {
        var relay = settings(Map.of(
                        "kafka.bootstrap-servers", "127.0.0.1:9",
                        "kafka.security-protocol", "SASL_PLAINTEXT",
                        "kafka.sasl-mechanism", mechanism,
                        "kafka.sasl-username", "guildhall",
                        "kafka.sasl-password", "a \"secret\\\"; x=\"y"))
                .kafka()
                .orElseThrow();
        var properties = new HashMap<String, Object>(relay.kafka().security());
        properties.put("bootstrap.servers", relay.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.metrics()).isNotEmpty();
            producer.close(Duration.ZERO);
        }
        assertThat(relay.toString()).doesNotContain("secret").contains("sasl.jaas.config");
    }

    @Test
    void readsTlsFiles(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("ca.pem"), "certificates");
        var relay = settings(Map.of(
                        "kafka.bootstrap-servers",
                        "kafka:9093",
                        "kafka.security-protocol",
                        "SSL",
                        "kafka.tls-ca-file",
                        file.toString(),
                        "kafka.tls-key-file",
                        file.toString()))
                .kafka()
                .orElseThrow();
        assertThat(relay.kafka().security())
                .isEqualTo(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", file.toString(),
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.location", file.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap-servers, kafka, KAFKA_BOOTSTRAP_SERVERS",
        "bootstrap-servers, 'kafka:9092,', KAFKA_BOOTSTRAP_SERVERS",
        "timeout, 999ms, guildhall.kafka.timeout",
        "timeout, 26s, guildhall.kafka.timeout",
        "start, yesterday, KAFKA_RELAY_START",
        "security-protocol, TLS, KAFKA_SECURITY_PROTOCOL",
        "security-protocol, SASL_SSL, KAFKA_SASL_USERNAME"
    })
    void refusesInvalidKafka(String key, String value, String variable) {
        var values = new HashMap<>(Map.of("kafka.bootstrap-servers", "kafka:9092"));
        values.put("kafka." + key, value);
        assertThatThrownBy(() -> settings(values))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(variable);
    }

    @Test
    void refusesOtherSaslMechanismAndMissingFile() {
        var sasl = new HashMap<>(kafka("security-protocol", "SASL_SSL"));
        sasl.put("kafka.sasl-mechanism", "GSSAPI");
        assertThatThrownBy(() -> settings(sasl))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("KAFKA_SASL_MECHANISM");
        var tls = new HashMap<>(kafka("security-protocol", "SSL"));
        tls.put("kafka.tls-ca-file", "/no/such/file");
        assertThatThrownBy(() -> settings(tls))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("KAFKA_TLS_CA_FILE");
    }

    @Test
    void readsRedis() {
        var redis = settings(Map.of("redis.url", "rediss://user:p%40ss@redis:6380/2", "redis.timeout", "200ms"))
                .redis()
                .orElseThrow();
        assertThat(redis.url()).hasToString("rediss://user:p%40ss@redis:6380/2");
        assertThat(redis.timeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(redis.toString()).doesNotContain("p%40ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis:6379", "http://redis:6379", "redis://", "redis://:secret word@redis", "redis://redis/x"})
    void refusesInvalidRedisWithoutItsPassword(String url) {
        assertThatThrownBy(() -> settings(Map.of("redis.url", url)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageNotContaining("secret");
    }
}
