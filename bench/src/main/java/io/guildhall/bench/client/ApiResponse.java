package io.guildhall.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** @param body a missing node if the response has no JSON body */
public record ApiResponse(int status, JsonNode body, Optional<String> etag) {}
