export interface ApiTest {
  name: string;
  anyDatabase: boolean;
  apart: boolean;
}
export function apiTestsFor(client?: string): ApiTest[];
