package dev.cortado.runtime.net.group;

import java.nio.ByteBuffer;

/**
 * What a querier asks.
 *
 * @param age how much older than the newest version of its protocol it is
 * @param high the group's address; unspecified in a general query
 * @param answerTime nanoseconds in which to answer
 * @param robustness how often to repeat; 0 if it does not say
 * @param interval seconds between its queries; 0 if it does not say
 * @param sources where the sources lie in {@code bytes}, {@code count} of them
 */
record GroupQuery(
        int age,
        long high,
        long low,
        long answerTime,
        int robustness,
        int interval,
        ByteBuffer bytes,
        int sources,
        int count) {}
