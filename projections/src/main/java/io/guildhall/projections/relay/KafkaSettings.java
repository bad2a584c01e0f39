package io.guildhall.projections.relay;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The connection settings of a Kafka cluster.
 *
 * @param bootstrapServers addresses {@code host:port}, separated by commas
 * @param timeout from sending a record to its acknowledgement, with all attempts
 * @param security properties of the Kafka client, such as {@code security.protocol}
 */
public record KafkaSettings(String bootstrapServers, Duration timeout, Map<String, String> security) {
    public KafkaSettings {
        security = Map.copyOf(security);
    }

    /** Omits the values of the security properties, which can be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + new TreeMap<>(security).keySet() + "]";
    }
}
