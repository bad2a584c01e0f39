package io.guildhall.http.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A sentence that describes a frame, for the AsyncAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Summary {
    String value();

    /** The channel in the example; by default a room. */
    String channel() default "";
}
