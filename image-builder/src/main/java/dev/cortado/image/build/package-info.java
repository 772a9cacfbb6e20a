/**
 * From a program to an image: the pipeline of steps, its inputs and outputs, and what is remembered
 * so that nothing is done twice.
 */
package dev.cortado.image.build;
