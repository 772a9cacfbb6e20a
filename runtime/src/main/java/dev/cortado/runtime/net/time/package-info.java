/**
 * Time, which the stack is told and never asks for: nanoseconds of a clock that only goes forward.
 * Two times are compared by their difference.
 */
package dev.cortado.runtime.net.time;
