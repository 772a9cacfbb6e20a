package dev.cortado.runtime.file.storage;

import java.util.concurrent.TimeUnit;

/** Times that a disk has as a date of the Gregorian calendar and a time of the day. */
public final class CalendarTime {
    /** Whole years of those whose nanoseconds since 1970 are a {@code long}. */
    private static final int FIRST_YEAR = 1678;

    private static final int LAST_YEAR = 2261;

    private static final int MONTHS = 12;
    private static final int MARCH = 3;
    private static final int MOST_DAYS = 31;
    private static final int HOURS = 24;
    private static final int SIXTY = 60;

    private static final int YEARS_OF_CYCLE = 400;
    private static final int DAYS_OF_CYCLE = 146_097;
    private static final int DAYS_OF_YEAR = 365;

    /** From the first of March of the year 0 to the first of January 1970. */
    private static final int DAYS_TO_1970 = 719_468;

    private CalendarTime() {}

    /**
     * Nanoseconds since 1970, of a time in UTC; 0 for what is no time.
     *
     * @param month from 1 on, as the day
     * @param second of a leap second too, which is the next one
     */
    public static long nanos(int year, int month, int day, int hour, int minute, int second) {
        boolean isDate =
                year >= FIRST_YEAR
                        && year <= LAST_YEAR
                        && month >= 1
                        && month <= MONTHS
                        && day >= 1
                        && day <= MOST_DAYS;
        boolean isTime =
                hour >= 0
                        && hour < HOURS
                        && minute >= 0
                        && minute < SIXTY
                        && second >= 0
                        && second <= SIXTY;
        if (!isDate || !isTime) {
            return 0;
        }
        long hours = days(year, month, day) * HOURS + hour;
        return TimeUnit.SECONDS.toNanos((hours * SIXTY + minute) * SIXTY + second);
    }

    /** Since 1970; counted in years that begin with March, so that leap days are their last. */
    private static long days(int year, int month, int day) {
        int shifted = month < MARCH ? year - 1 : year;
        int monthFromMarch = (month + MONTHS - MARCH) % MONTHS;
        int cycle = shifted / YEARS_OF_CYCLE;
        int yearOfCycle = shifted % YEARS_OF_CYCLE;
        // Months from March on have 31, 30, 31, 30, 31 days, and so on: 153 in five.
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfCycle =
                yearOfCycle * DAYS_OF_YEAR + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
        return (long) cycle * DAYS_OF_CYCLE + dayOfCycle - DAYS_TO_1970;
    }
}
