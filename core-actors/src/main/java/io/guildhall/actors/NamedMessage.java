package io.guildhall.actors;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a value that is sent between nodes together with its name in {@link io.guildhall.journal.Names}. */
@JacksonAnnotationsInside
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
@Retention(RetentionPolicy.RUNTIME)
@interface NamedMessage {}
