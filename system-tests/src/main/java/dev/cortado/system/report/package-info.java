/** What a guest tells about its tests on the console: records of one line each. */
package dev.cortado.system.report;
