package io.guildhall.actors;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Marks a value that is sent between nodes together with its name in {@link io.guildhall.journal.Names}. Unknown
 * properties are ignored; a value that cannot be read otherwise becomes an {@link UnreadableValue}.
 */
@JacksonAnnotationsInside
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonDeserialize(using = ValueReader.Lenient.class)
@Retention(RetentionPolicy.RUNTIME)
@interface NamedMessage {}
