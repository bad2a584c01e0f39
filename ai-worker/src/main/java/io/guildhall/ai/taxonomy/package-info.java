/** The taxonomy of skills: their names, related skills, and where texts mention them. */
package io.guildhall.ai.taxonomy;
