package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** @param body a missing node where there was none */
public record Reply(int status, JsonNode body, Optional<String> etag) {}
