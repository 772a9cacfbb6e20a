/**
 * Thin goals over image-builder: they turn a Maven project into the image builder's values, its
 * progress into log lines and its errors into Maven's.
 */
package dev.cortado.maven;
