/** The skills of the freelance world: what they are called, what is beside what, and where a text speaks of them. */
package io.guildhall.ai.taxonomy;
