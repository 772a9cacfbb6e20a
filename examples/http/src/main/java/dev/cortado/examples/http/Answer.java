package dev.cortado.examples.http;

/**
 * What a request gets.
 *
 * @param status of HTTP
 * @param type of the body, as Content-Type has it
 */
record Answer(int status, String type, byte[] body) {}
