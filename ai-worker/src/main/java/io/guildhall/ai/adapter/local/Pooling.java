package io.guildhall.ai.adapter.local;

/** How the vectors of a text's tokens are combined to one. */
public enum Pooling {
    /** The vector of the first, special token. The authors of the model use this. */
    CLS,
    /** The mean of all vectors. Better for job titles. */
    MEAN
}
