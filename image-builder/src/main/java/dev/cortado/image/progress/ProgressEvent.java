package dev.cortado.image.progress;

import java.time.Duration;

/** What a build or a run tells its listener. */
public sealed interface ProgressEvent {

    /** A phase has begun; {@code phase} is a short verb form such as "Compiling". */
    record Started(String phase) implements ProgressEvent {}

    /** The current phase has come to a step of its own, such as "analysis" (2 of 8). */
    record Step(String text, int number, int count) implements ProgressEvent {}

    /** The phase has ended well. */
    record Finished(String phase, Duration elapsed) implements ProgressEvent {}

    /** Something the user should know, though the build goes on. */
    record Warning(String text) implements ProgressEvent {}

    /** A line of output of a tool at work, of interest only to those who ask for every detail. */
    record Output(String line) implements ProgressEvent {}
}
