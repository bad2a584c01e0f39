package io.guildhall.actors;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Like {@link NamedMessage}, but a value with an unknown property cannot be read: a request of a newer version must not
 * be executed in part.
 */
@JacksonAnnotationsInside
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@JsonDeserialize(using = ValueReader.Strict.class)
@Retention(RetentionPolicy.RUNTIME)
@interface NamedCommand {}
