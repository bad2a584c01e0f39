/** Corrects spelling mistakes in search texts. */
package io.guildhall.ai.spelling;
