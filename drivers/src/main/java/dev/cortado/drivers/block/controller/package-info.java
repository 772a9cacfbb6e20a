/**
 * What drivers of controllers have in common: a table of the requests under way, an end in which
 * the controller is reset before any buffer is used again, and a service that begins anew.
 */
package dev.cortado.drivers.block.controller;
