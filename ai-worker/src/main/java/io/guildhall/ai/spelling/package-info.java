/** Mends what people mistype in a query, and nothing else. */
package io.guildhall.ai.spelling;
